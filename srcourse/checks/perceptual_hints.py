"""Hints for the misconceptions about the perceptual loss, by the names that :mod:`srcourse.checks.perceptual` describes."""

from srcourse.checks.faults import parse
from srcourse.checks.perceptual import with_pixels

LAYER_NAMES = {
    4: "relu1_2", 5: "die Poolingschicht nach relu1_2", 9: "relu2_2", 10: "die Poolingschicht nach relu2_2",
    14: "relu3_2", 15: "conv3_3 ohne die ReLU dahinter", 16: "relu3_3", 17: "die Poolingschicht nach relu3_3",
    23: "relu4_3", 30: "relu5_3", 31: "das Ende von features",
}  # fmt: skip
_DISTANCES = {
    "mse": "Sie quadrieren die Differenzen der Feature-Maps (L2). Verlangt ist der Mittelwert der Beträge (L1).",
    "l1-sum": "Sie summieren die Beträge. Verlangt ist der Mittelwert über alle Werte der Feature-Maps.",
    "mse-sum": "Sie summieren Quadrate. Verlangt ist der Mittelwert der Beträge.",
    "rmse": "Sie ziehen die Wurzel aus dem mittleren Quadrat. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm": "Das ist die euklidische Norm der Differenz. Verlangt ist der Mittelwert der Beträge.",
    "smooth-l1": "Das ist die geglättete L1-Distanz. Verlangt ist der einfache Mittelwert der Beträge.",
    "signed": "Positive und negative Differenzen heben sich bei Ihnen auf. Was muss mit jeder einzelnen geschehen, bevor "
    "gemittelt "
    "wird?",
    "mse-per-image": "Sie summieren Quadrate je Bild. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm-per-image": "Das ist je Bild die euklidische Norm der Differenz. Verlangt ist der Mittelwert der Beträge.",
    "l2-norm-of-channels": "Das ist an jeder Stelle die euklidische Norm über die Kanäle. Verlangt ist der Mittelwert der "
    "Beträge, jeder Wert für sich.",
    "cosine": "Das ist ein Abstand aus der Kosinus-Ähnlichkeit. Verlangt ist der Mittelwert der Beträge der Differenz.",
    "cosine-of-images": "Das ist ein Abstand aus der Kosinus-Ähnlichkeit. Verlangt ist der Mittelwert der Beträge der Differenz.",
    "unit-l1": "Sie bringen die Feature-Maps vor dem Vergleich auf die Länge 1. Verglichen werden sie so, wie das Netz sie "
    "ausgibt.",
    "unit-mse": "Sie bringen die Feature-Maps auf die Länge 1 und quadrieren. Verlangt ist der Mittelwert der Beträge ihrer "
    "Differenz, so wie das Netz sie ausgibt.",
    "gram-l1": "Sie vergleichen Gram-Matrizen; die beschreiben den Stil eines Bildes. Verlangt ist der Vergleich der "
    "Feature-Maps "
    "selbst, Stelle für Stelle.",
    "gram-mse": "Sie vergleichen Gram-Matrizen; die beschreiben den Stil eines Bildes. Verlangt ist der Vergleich der "
    "Feature-Maps selbst, Stelle für Stelle.",
    "pooled": "Sie mitteln jede Feature-Map, bevor Sie vergleichen. In welcher Reihenfolge kommen Differenz, Betrag und "
    "Mittelwert?",
    "batch-pooled": "Sie mitteln über die Bilder, bevor Sie vergleichen. In welcher Reihenfolge kommen Differenz, Betrag und "
    "Mittelwert?",
    "max": "Das ist die größte Abweichung. Verlangt ist der Mittelwert aller Beträge.",
    "first-image": "Ihr Wert hängt allein vom ersten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "last-image": "Ihr Wert hängt allein vom letzten Bild ab. Gemittelt wird über alle Bilder des Stapels.",
    "mean-over-images-twice": "Sie teilen einmal zu oft durch die Zahl der Bilder. Worüber mittelt mean() schon?",
    "sum-over-images": "Ihr Wert wächst mit der Zahl der Bilder. Gemittelt wird auch über den Stapel.",
    "l1-per-image": "Sie summieren je Bild und mitteln nur über die Bilder. Verlangt ist der Mittelwert über alle Werte.",
}
_ALIKE = "Sie rechnen nur eines der beiden Bilder mit align_corners=True um. Beide müssen auf dieselbe Weise auf 224×224 kommen."
_RESIZES = {
    "none": "Die Bilder gehen in ihrer eigenen Größe durch das Netz. Welcher Schritt davor ist verlangt?",
    "align-corners": "Die Größe stimmt, aber Sie rechnen mit align_corners=True um. Lesen Sie den ersten Schritt der Aufgabe "
    "noch einmal.",
    "nearest": "Sie bringen die Bilder mit „nearest“ auf 224×224 (das ist die Voreinstellung). Verlangt ist bilinear.",
    "bicubic": "Sie bringen die Bilder bikubisch auf 224×224. Verlangt ist bilinear.",
    "antialias": "Sie verkleinern mit Antialiasing (etwa mit transforms.Resize). Verlangt ist die einfache bilineare "
    "Interpolation.",
    "antialias-bicubic": "Sie bringen die Bilder bikubisch auf 224×224. Verlangt ist bilinear.",
    "nearest-exact": "Sie bringen die Bilder mit „nearest-exact“ auf 224×224. Verlangt ist bilinear.",
    "area": "Sie bringen die Bilder mit „area“ auf 224×224. Verlangt ist bilinear.",
    "256": "Sie bringen die Bilder auf 256×256. Welche Größe ist verlangt?",
    "128": "Sie bringen die Bilder auf 128×128. Welche Größe ist verlangt?",
    "299": "Sie bringen die Bilder auf 299×299. Welche Größe ist verlangt?",
    "shorter-side": "Sie bringen nur die kürzere Seite auf 224 Pixel. Welche Form haben die Bilder danach, und welche sollen sie "
    "haben?",
    "shorter-side-cropped": "Sie bringen die kürzere Seite auf 224 Pixel und schneiden den Rest ab. Welcher Teil der Bilder wird "
    "dann nie verglichen?",
    "proportional-to-height": "Sie bringen die Höhe auf 224 Pixel und behalten das Seitenverhältnis. Welche Form haben die "
    "Bilder danach, und welche sollen sie haben?",
    "proportional-to-width": "Sie bringen die Breite auf 224 Pixel und behalten das Seitenverhältnis. Welche Form haben die "
    "Bilder danach, und welche sollen sie haben?",
    "proportional-to-shorter": "Sie bringen nur die kürzere Seite auf 224 Pixel. Welche Form haben die Bilder danach, und welche "
    "sollen sie haben?",
    "cropped": "Sie schneiden 224×224 Pixel aus. Gefragt ist eine andere Größe des ganzen Bildes.",
    "align-corners-of-output": _ALIKE,
    "align-corners-of-target": _ALIKE,
}
_NORMALIZES = {
    "again": "Die Bilder sind schon ImageNet-normalisiert; Sie normalisieren sie ein zweites Mal.",
    "undone": "Sie machen die Normalisierung rückgängig. VGG16 erwartet die Bilder so, wie sie hereinkommen.",
    "halved": "Sie rechnen (x + 1) / 2. Die Bilder sind schon so normalisiert, wie VGG16 sie erwartet.",
    "255": "Sie rechnen auf 0 bis 255 um. Die Bilder sind schon so normalisiert, wie VGG16 sie erwartet.",
    "clamped": "Sie begrenzen die Werte. ImageNet-normalisierte Bilder haben andere als 0 bis 1: Was geht dabei verloren?",
    "gray": "Sie machen die Bilder grau. VGG16 erwartet sie so, wie sie hereinkommen.",
    "flipped": "Sie vertauschen die Farbkanäle (RGB und BGR). VGG16 erwartet sie so, wie sie hereinkommen.",
}


def forward_hint(fault: str) -> str:
    """Return the hint for a misconception of forward."""
    choices = parse(fault)
    if choices["layers"] == "0":
        return "Ihr Wert ist ein Vergleich der Bildpunkte selbst: Die Bilder gehen nicht durch das Netz."
    if choices["distance"] != "l1":
        return _DISTANCES[choices["distance"]]
    if choices["resize"] != "bilinear":
        return _RESIZES[choices["resize"]]
    if choices["normalize"] != "no":
        return _NORMALIZES[choices["normalize"]]
    if with_pixels(choices["layers"]):
        return "Zu Ihrem Vergleich der Feature-Maps kommt einer der Bildpunkte selbst hinzu. Was vergleicht der Perceptual Loss?"
    if "+" in choices["layers"]:
        return (
            "Ihr Wert ist eine Summe aus Vergleichen nach mehreren Schichten. Wie viele verlangt die Aufgabe?"
        )
    if not choices["layers"].isdigit():
        return (
            "In forward rechnen Sie nur mit einer einzelnen Schicht. Welche Schichten davor gehören zum Netz?"
        )
    end = LAYER_NAMES.get(int(choices["layers"]), "mitten in einem Block")
    return (
        f"In forward rechnen Sie nur mit {choices['layers']} der Schichten aus Ihrem Konstruktor ({end}). Wie weit soll ein Bild "
        "durch das Netz gehen?"
    )
