"""Takes the mean and then divides by the batch size once more."""
# a1-tv: mean-over-images-twice
class TVLoss(nn.Module):
    def forward(self, img):
        batch_size = img.shape[0]
        h_tv = torch.abs(img[:,:,1:,:]-img[:,:,:-1,:]).mean()
        w_tv = torch.abs(img[:,:,:,1:]-img[:,:,:,:-1]).mean()
        return (h_tv + w_tv) / batch_size
