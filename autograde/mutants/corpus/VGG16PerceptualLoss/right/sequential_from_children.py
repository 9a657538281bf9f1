"""nn.Sequential from a list of the first 16 layers, older pretrained=True."""
import torchvision


class VGG16PerceptualLoss(nn.Module):
    def __init__(self):
        super(VGG16PerceptualLoss, self).__init__()
        model = torchvision.models.vgg16(pretrained=True)
        schichten = list(model.features.children())[:16]
        self.teilnetz = nn.Sequential(*schichten)
        self.teilnetz.eval()
        for parameter in self.teilnetz.parameters():
            parameter.requires_grad = False
        self.abstand = nn.L1Loss()

    def forward(self, output, target):
        hoch = nn.Upsample(size=(224, 224), mode="bilinear", align_corners=False)
        a = self.teilnetz(hoch(output))
        b = self.teilnetz(hoch(target)).detach()
        return self.abstand(a, b)
