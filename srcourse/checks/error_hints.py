"""Hints for errors that Python and torch raise in student code, by what their messages say."""

# (words in "ErrorType: message", hint); the first that fits counts.
_HINTS = (
    (
        ("cannot assign module before", "has no attribute '_parameters'", "has no attribute '_modules'"),
        "Die erste Zeile des Konstruktors ist super().__init__(); erst danach können Sie Schichten mit self.… = … ablegen.",
    ),
    (
        ("__init__() missing", "__init__() takes"),
        "Der Konstruktor hat keine Argumente. (Fehlen hinter dem Namen einer Klasse die Klammern, dann wird er an Stelle von "
        "forward aufgerufen.)",
    ),
    (
        ("multiple values for",),
        "Diese Angabe steckt schon in options: Reichen Sie sie nicht ein zweites Mal weiter.",
    ),
    (
        ("fit()", " fit("),
        "fit(model, loss, photos, profile=…) nimmt das Profil mit Namen entgegen; weitere Angaben reichen Sie mit **options "
        "weiter.",
    ),
    (
        ("Boolean value of Tensor",),
        "Ein Verlust wie nn.MSELoss ist eine Klasse: Erst das Objekt daraus lässt sich auf zwei Bilder anwenden.",
    ),
    (
        ("positional argument", "unexpected keyword argument"),
        "Stimmt die Liste der Parameter mit der Aufgabe überein? Bei einer Methode ist self der erste.",
    ),
    (
        ("leaf variable", "leaf Variable", "in-place operation", "modified by an inplace"),
        "Ein Rechenschritt schreibt in einen Tensor, der noch gebraucht wird, etwa x -= y. Schreiben Sie x = x - y.",
    ),
    (
        ("mode needs", "Input Error", "is not a valid interpolation"),
        "Welchen Wert von mode nennt die Aufgabe? „linear“ ist für Tensoren mit drei Achsen, Bilder im Stapel haben vier.",
    ),
    (
        ("has no attribute 'scale'", "has no attribute 'train'"),
        "Stimmt die Reihenfolge der Angaben? fit(model, loss, photos, profile=…)",
    ),
    (
        ("object has no attribute",),
        "Stimmt der Name mit dem überein, den Sie vergeben haben, etwa im Konstruktor mit self.… = …?",
    ),
    (
        ("is not defined",),
        "Ist der Name richtig geschrieben, und haben Sie die Zelle ausgeführt, die ihn festlegt?",
    ),
    (
        ("same device", "CUDA", "cuda"),
        "Legen Sie kein Rechengerät fest: Rechnen Sie dort, wo die Eingaben und das Modul liegen.",
    ),
    (
        ("same dtype", "should be the same", "expected scalar type", "expected m1 and m2"),
        "Legen Sie keinen Datentyp fest: Rechnen Sie in dem, den die Eingaben haben. Schichten in einer gewöhnlichen "
        "Python-Liste ziehen "
        "nicht mit um, wenn das Modul seinen Typ oder das Rechengerät wechselt; dafür gibt es nn.Sequential und nn.ModuleList.",
    ),
    (
        ("size of tensor", "shape", "channels", "sizes"),
        "Geben Sie in Ihrem Code die Formen der Zwischenergebnisse aus (print(x.shape)) und vergleichen Sie mit dem Text.",
    ),
)
_OTHERWISE = "Rufen Sie Ihre Lösung in einer eigenen Zelle mit kleinen Eingaben auf; dort zeigt Python die ganze Fehlermeldung."


def error_hint(text: str) -> str:
    """Return a German hint for an error, given as its type and message."""
    return next((hint for words, hint in _HINTS if any(word in text for word in words)), _OTHERWISE)
