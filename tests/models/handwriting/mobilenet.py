"""The handwriting network: the NumPy twin of handwriting.qdsl."""

from layers import BatchNorm, Conv2d, Dense, DepthwiseConv2d, GlobalAveragePool, Relu
from network import backward, forward

# Of each separable block: the name, the filters and the stride of its depthwise convolution.
BLOCKS = (("s1", 24, 1), ("s2", 32, 2), ("s3", 48, 1), ("s4", 64, 2))
STEM = 16
CLASSES = 10


class HandwritingNetwork:
    """[n, 20, 20, 1] raw pixels in 0..255 -> [n, 10] logits."""

    def __init__(self, random):
        self.named = {"stem": Conv2d(random, 3, 1, STEM, stride=2), "stem_bn": BatchNorm(STEM)}
        self.layers = [self.named["stem"], self.named["stem_bn"], Relu()]
        channels = STEM
        for name, filters, stride in BLOCKS:
            self._add(f"{name}.dw", DepthwiseConv2d(random, 3, channels, stride), channels)
            self._add(f"{name}.pw", Conv2d(random, 1, channels, filters), filters)
            channels = filters
        self.named["fc"] = Dense(random, channels, CLASSES)
        self.layers += [GlobalAveragePool(), self.named["fc"]]

    def _add(self, name, layer, channels):
        """A layer with its batch norm and activation."""
        norm = BatchNorm(channels)
        self.named[name], self.named[name + "_bn"] = layer, norm
        self.layers += [layer, norm, Relu()]

    def forward(self, image, training=False):
        return forward(self.layers, image, training)

    def backward(self, gradient):
        backward(self.layers, gradient)

    def arrays(self):
        """Every array of the trained network, by its name LAYER.PARAMETER."""
        return {f"{name}.{parameter}": array
                for name, layer in self.named.items()
                for parameter, array in (layer.parameters | layer.state).items()}
