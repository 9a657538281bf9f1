"""What errors that Python and torch raise in student code mean, told by their messages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorHint:
    """One kind of error.

    Attributes:
        fault: machine-readable name.
        words: one of them stands in "ErrorType: message".
        hint: German, which line of thought helps.
    """

    fault: str
    words: tuple[str, ...]
    hint: str


# The first that fits counts.
_HINTS = (
    ErrorHint(
        "error-super-init",
        (
            "before Module.__init__() call",
            "has no attribute '_parameters'",
            "has no attribute '_modules'",
            "has no attribute '_buffers'",
            "has no attribute '_backward_hooks'",
            "has no attribute '_forward_hooks'",
        ),
        "Die erste Zeile des Konstruktors ist super().__init__(); erst danach können Sie Schichten mit self.… = … ablegen.",
    ),
    ErrorHint(
        "error-layer-arguments",
        (
            "ResNetBlock.__init__()", "Conv2d.__init__()", "PixelShuffle.__init__()", "Upsample.__init__()", "interpolate()",
            "pixel_shuffle()",
        ),
        "Welche Angaben braucht diese Schicht oder Funktion, und wie heißen sie? help(…) in einer eigenen Zelle nennt sie. (Eine "
        "Klasse wie nn.PixelShuffle ist noch keine Schicht; erst das Objekt daraus ist eine.)",
    ),
    ErrorHint(
        "error-constructor-arguments",
        ("__init__() missing", "__init__() takes"),
        "Der Konstruktor hat keine Argumente. (Fehlen hinter dem Namen einer Klasse die Klammern, dann wird er an Stelle von "
        "forward aufgerufen.)",
    ),
    ErrorHint(
        "error-given-twice",
        ("multiple values for",),
        "Diese Angabe steckt schon in options: Reichen Sie sie nicht ein zweites Mal weiter.",
    ),
    ErrorHint(
        "error-fit-call",
        ("fit()", " fit("),
        "fit(model, loss, photos, profile=…) nimmt das Profil mit Namen entgegen; weitere Angaben reichen Sie mit **options "
        "weiter.",
    ),
    ErrorHint(
        "error-class-called",
        ("Boolean value of Tensor",),
        "Ein Verlust wie nn.MSELoss ist eine Klasse: Erst das Objekt daraus lässt sich auf zwei Bilder anwenden.",
    ),
    ErrorHint(
        "error-block-size",
        ("changes the size of the feature map",),
        "Ein ResNetBlock addiert seine Eingabe zu seinem Ergebnis. Dazu müssen Höhe und Breite bleiben: Welchen Rand (padding) "
        "braucht ein Kernel dieser Größe, und was tut der Block, wenn Sie keinen nennen?",
    ),
    ErrorHint(
        "error-state-keys",
        ("Error(s) in loading state_dict",),
        "Hier werden Gewichte in Schichten geladen, die andere Namen oder Formen haben. Vergleichen Sie beide.",
    ),
    ErrorHint(
        "error-no-forward",
        ("is missing the required",),
        "Eine der Schichten, die Sie aufrufen, hat keine Methode forward. nn.ModuleList und nn.ModuleDict etwa sammeln nur: Die "
        "Reihenfolge der Schichten legen Sie in einer Schleife selbst fest.",
    ),
    ErrorHint(
        "error-arguments",
        ("positional argument", "unexpected keyword argument"),
        "Stimmt die Liste der Parameter mit der Aufgabe überein? Bei einer Methode ist self der erste.",
    ),
    ErrorHint(
        "error-in-place",
        ("leaf variable", "leaf Variable", "in-place operation", "modified by an inplace"),
        "Ein Rechenschritt schreibt in einen Tensor, der noch gebraucht wird, etwa x -= y oder eine Methode mit einem "
        "Unterstrich am Ende (x.relu_(), x.clamp_()). Schreiben Sie x = x - y und nehmen Sie die Methode ohne den Unterstrich.",
    ),
    ErrorHint(
        "error-numpy",
        ("Can't call numpy()", "can't convert cuda", "can't convert mps"),
        "numpy kennt keine Gradienten und nur den Hauptprozessor. Alles, was Sie hier brauchen, gibt es auch in torch.",
    ),
    ErrorHint(
        "error-interpolation",
        ("mode needs", "Input Error", "is not a valid interpolation", "align_corners option can only"),
        "Welchen Wert von mode nennt die Aufgabe? „linear“ ist für Tensoren mit drei Achsen, Bilder im Stapel haben vier.",
    ),
    ErrorHint(
        "error-interpolated-size",
        ("size or scale_factor should be defined", "Input and output must have the same number of spatial"),
        "Sagen Sie interpolate, wie groß das Ergebnis werden soll: entweder mit einem Faktor oder mit einer Größe für Höhe und "
        "Breite, nicht mit beidem.",
    ),
    ErrorHint(
        "error-shuffle-factor",
        ("pixel_shuffle expects", "pixel_unshuffle expects"),
        "PixelShuffle(r) legt je r² Kanäle zu einem zusammen. Ist die Zahl der Kanäle, die hineingehen, durch r² teilbar?",
    ),
    ErrorHint(
        "error-nothing-returned",
        ("'NoneType'", "not NoneType", "got (NoneType"),
        "Ein Zwischenergebnis ist None. Fehlt einer Ihrer Funktionen das return?",
    ),
    ErrorHint(
        "error-fit-order",
        ("has no attribute 'scale'", "has no attribute 'train'"),
        "Stimmt die Reihenfolge der Angaben? fit(model, loss, photos, profile=…)",
    ),
    ErrorHint(
        "error-not-callable",
        ("object is not callable",),
        "Hier wird etwas aufgerufen, das keine Funktion und kein Modul ist. Eine Python-Liste von Schichten etwa lässt sich "
        "nicht aufrufen, und zwischen zwei Klammern fehlt vielleicht ein Komma oder ein Malzeichen.",
    ),
    ErrorHint(
        "error-attribute",
        ("has no attribute",),
        "Stimmt der Name mit dem überein, den Sie vergeben haben, etwa im Konstruktor mit self.… = …?",
    ),
    ErrorHint(
        "error-name-hidden",
        ("UnboundLocalError",),
        "Dieser Name ist eine Variable Ihrer Funktion, denn eine Zeile darin weist ihm etwas zu; vorher hat er dort noch keinen "
        "Wert. Verdeckt er eine Funktion, die außen genauso heißt, oder fehlt die Zuweisung in einem der Zweige?",
    ),
    ErrorHint(
        "error-name",
        ("is not defined", "No module named", "cannot import name"),
        "Ist der Name richtig geschrieben, und haben Sie die Zelle ausgeführt, die ihn festlegt?",
    ),
    ErrorHint(
        "error-recursion",
        ("RecursionError",),
        "Eine Funktion ruft immer wieder sich selbst auf, etwa self(x) in forward. Welche Schicht wollten Sie aufrufen?",
    ),
    ErrorHint(
        "error-memory",
        ("not enough memory", "out of memory", "MemoryError"),
        "Ein Zwischenergebnis ist riesig. Geben Sie in Ihrem Code die Formen aus (print(x.shape)): Wo wird ein Bild größer als "
        "geplant?",
    ),
    ErrorHint(
        "error-device",
        ("same device", "CUDA", "cuda", "NVIDIA", "support for mps"),
        "Legen Sie kein Rechengerät fest, etwa mit .cuda() oder .to(…): Rechnen Sie dort, wo die Eingaben und das Modul liegen.",
    ),
    ErrorHint(
        "error-dtype",
        ("same dtype", "should be the same", "expected scalar type", "expected m1 and m2", "unsupported scalarType"),
        "Legen Sie keinen Datentyp fest: Rechnen Sie in dem, den die Eingaben haben. Schichten in einer gewöhnlichen "
        "Python-Liste ziehen "
        "nicht mit um, wenn das Modul seinen Typ oder das Rechengerät wechselt; dafür gibt es nn.Sequential und nn.ModuleList.",
    ),
    ErrorHint(
        "error-key",
        ("KeyError",),
        "Unter diesem Namen liegt nichts im Wörterbuch. Welche Namen gibt es dort (print(list(…)))? Namen, die wählt, wer Ihre "
        "Funktion aufruft, kennen Sie vorher nicht, und in options steht nur, was beim Aufruf genannt wurde.",
    ),
    ErrorHint(
        "error-index",
        ("IndexError", "Dimension out of range", "out of range"),
        "Hier wird eine Stelle oder Achse verlangt, die es nicht gibt. Python zählt ab 0; wie viele gibt es wirklich?",
    ),
    ErrorHint(
        "error-not-scalar",
        ("grad can be implicitly created only for scalar", "only one element tensors can be converted"),
        "Ein Verlust ist eine einzige Zahl. Welche Form hat Ihr Ergebnis?",
    ),
    ErrorHint(
        "error-view",
        ("view size is not compatible",),
        "view deutet Werte nur um und verlangt, dass sie im Speicher der Reihe nach liegen. Nach permute und transpose tun sie "
        "das nicht mehr.",
    ),
    ErrorHint(
        "error-batch-statistics",
        ("more than 1 value per channel", "more than 1 spatial element"),
        "Eine Normalisierung hat nur einen einzigen Wert je Kanal zu sehen bekommen; daraus lässt sich keine Streuung bestimmen. "
        "Wo wird das Bild so klein?",
    ),
    ErrorHint(
        "error-shape",
        (
            "size of tensor", "shape", "channels", "sizes", "Sizes of tensors", "Kernel size can't be greater", "dimension",
            "for input of size", "output size", "expected 3D or 4D input", "expected 4D input",
        ),
        "Geben Sie in Ihrem Code die Formen der Zwischenergebnisse aus (print(x.shape)) und vergleichen Sie mit dem Text.",
    ),
    ErrorHint(
        "error-operand",
        ("unsupported operand", "must be Tensor", "invalid combination of arguments", "must be tuple of ints"),
        "Hier wird mit etwas gerechnet, das kein Tensor ist. Was liefert jeder der beteiligten Ausdrücke (print(type(…)))?",
    ),
)  # fmt: skip
_OTHERWISE = ErrorHint(
    "error",
    (),
    "Rufen Sie Ihre Lösung in einer eigenen Zelle mit kleinen Eingaben auf; dort zeigt Python die ganze Fehlermeldung.",
)


def explain_error(text: str) -> ErrorHint:
    """Return what is known of an error, given as its type and message."""
    return next((known for known in _HINTS if any(word in text for word in known.words)), _OTHERWISE)
