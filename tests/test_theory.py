"""What the released notebooks explain: every topic has its sentence or formula, and its figure."""

import nbformat
import pytest

from autograde.release import NOTEBOOKS

THEORY = {
    ("aufgabe1", "distances of pixels and of features"): [
        r"\mathrm{MSE}(x, y) = \frac{1}{3\,H\,W}",
        "Jedes Pixel wird für sich verglichen.",
        "Der MSE belohnt Unschärfe.",
        "figures.distances(",
        "Fünf Veränderungen mit (fast) demselben MSE",
        "Es entsteht eine Strichzeichnung",
    ],
    ("aufgabe1", "VGG16"): [
        "(*Feature-Map*)",
        "figures.vgg16()",
        "In `features` hat sie den **Index 15**.",
        "figures.feature_maps(",
        "**Ohne Kopf.**",
        "**Eingefroren.**",
        "**Im Auswertungsmodus.**",
    ],
    ("aufgabe1", "perceptual loss"): [
        "## In fünf Schritten zum Perceptual Loss",
        "figures.perceptual_loss()",
        "(1) zwei Bilder, (2) dasselbe eingefrorene VGG16, (3) Aktivierungen, (4) Betrag der Differenz, (5) Mittelwert",
        r"\mathcal{L}_{\text{perc}}(\hat y, y) = \frac{1}{N\,C\,h\,w}",
        "**L1-Abstand**",
        "die Schicht relu2_2",
        "### Kein Gradient durch das Zielbild",
        "`z.grad` ist `None`",
        "J. Johnson, A. Alahi, L. Fei-Fei",
    ],
    ("aufgabe1", "total variation"): [
        r"\mathrm{TV}(x) = \sum_{c=1}^{3}",
        "figures.total_variation(",
        "**0,1 bei jeder Bildgröße dasselbe bedeutet**",
        r"\mathcal{L}_{\text{TV}}(x) = \frac{1}{3N\,(H-1)\,W}",
        "Warum bekommt `TVLoss` kein Zielbild?",
    ],
    ("aufgabe2", "a problem with many solutions"): [
        "das System ist **unterbestimmt**",
        "Entscheiden kann nur **Vorwissen**",
    ],
    ("aufgabe2", "why MSE blurs"): [
        "**Mittelwert aller passenden Originale**",
        "mean = edges.mean(dim=0)",
        "Lassen wir einen Optimierer suchen",
        "F.mse_loss(answer.expand_as(edges), edges).backward()",
        "Der Optimierer findet die Rampe",
        "figures.mse_average(",
        "Das unscharfe Bild gewinnt.",
    ],
    ("aufgabe2", "PixelShuffle"): [
        r"(N,\; C \cdot r^2,\; H,\; W) \;\longrightarrow\; (N,\; C,\; r H,\; r W)",
        "**umgeordnet, nicht interpoliert**",
        "Tensors der Form (1, 4, 2, 2)",
        "nn.PixelShuffle(2)(example)",
        "figures.pixel_shuffle()",
        "(8, 32, 128, 128)",
    ],
    ("aufgabe2", "residual learning"): [
        "Ein **Residuum** ist ein Rest.",
        "figures.residual_block()",
        "Faltung → ReLU → BatchNorm → Faltung → Abkürzung addieren → ReLU → BatchNorm",
        r"\hat y = \mathrm{up}(x) + F(x)",
        "In `Upscale2x` gilt `align_corners=True`",
        "**Hinter ihr kommt keine Nichtlinearität.**",
        "**Ihr Startwert entscheidet, womit das Training beginnt.**",
        "figures.upscale2x()",
        "Oben lernt das Netz den Rest, unten läuft die Vergrößerung",
        "Woher bekommt sie ihren ersten Gradienten?",
    ],
    ("aufgabe3", "the training's loss"): [
        r"\mathcal{L}_{\text{perc}}(\hat y, y) \;+\; \lambda \cdot \mathrm{TV}(\hat y)",
        "Welches der vier Bilder hat mit $\\lambda = 0{,}1$ den kleinsten Gesamtverlust?",
    ],
    ("aufgabe3", "PSNR"): [
        r"\mathrm{PSNR} = 20 \cdot \log_{10} \frac{\mathrm{MAX}}{\sqrt{\mathrm{MSE}}}",
        "**MAX** ist der größte Wert, den ein Pixel *annehmen kann*",
        "**Grenzen.** PSNR kennt nur Pixel an ihrem Ort.",
    ],
    ("aufgabe3", "LPIPS"): [
        "Learned Perceptual Image Patch Similarity",
        r"\mathrm{LPIPS}(\hat y, y) = \sum_l",
        "**0 heißt gleich, und niedriger ist besser.**",
        "**Welcher Backbone?**",
        "Wo sind sich PSNR und LPIPS uneins?",
    ],
    ("aufgabe3", "SSIM"): [
        "Structural Similarity Index",
        r"\mathrm{SSIM} = \frac{(2\mu_{\hat y}\mu_y + C_1)",
    ],
    ("aufgabe3", "what is measured on, and the training"): [
        "**Zurückgehaltene Fotos.**",
        "**Auswertungsmodus.**",
        "**Start bei null.**",
        "**PSNR und LPIPS müssen sich nicht einig sein.**",
        "tensorboard --logdir runs",
    ],
    ("aufgabe4", "a fair comparison"): [
        "**Startgewichte.**",
        r"\mathcal{L}_{\text{MSE}}(\hat y, y) = \frac{1}{n}",
        "Beide Netze beginnen im selben Punkt. Warum?",
        "Warum erst abschneiden und runden?",
        "*nicht überlappende Ausschnitte von drei zurückgehaltenen Fotos*",
    ],
    ("aufgabe4", "perception and distortion"): [
        "Es gibt hier keine Antwort, die in *beiden* Spalten gewinnt.",
        "Blau und Michaeli [1] haben 2018 bewiesen",
        r"\mathbb{E}\left[\Delta(X, \hat X)\right] \le D",
        "**$P$ fällt (oder bleibt gleich), wenn $D$ wächst.**",
        "figures.trade_off(",
        "„Treue“ meint geringe Verzerrung",
    ],
    ("aufgabe5", "a factor of four"): [
        "jetzt sind es fünfzehn Sechzehntel",
        "### In einem Sprung",
        "figures.upscale4x()",
        "`PixelShuffle(4)` → 16 Kanäle",
        "### In zwei Stufen",
        "**Beide Wege sind richtig**",
        r"\hat y = \mathrm{up}(x) + R(x)",
    ],
}


@pytest.mark.parametrize(("name", "topic"), THEORY)
def test_topic_is_explained(name: str, topic: str) -> None:
    cells = nbformat.read(NOTEBOOKS / name / f"{name}.ipynb", as_version=4).cells
    # Lines may break anywhere.
    text = " ".join("\n".join(cell.source for cell in cells).split())
    assert [fragment for fragment in THEORY[name, topic] if fragment not in text] == []
