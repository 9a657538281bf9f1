"""The course's claim, measured: perceptual loss wins in LPIPS, MSE in PSNR, on photographs that no network saw."""
