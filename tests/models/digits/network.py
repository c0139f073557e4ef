"""The digits network: the NumPy twin of digits.qdsl, and its optimiser."""

import numpy as np

from layers import (BatchNorm, Conv2d, Dense, DepthwiseConv2d, GlobalAveragePool,
                    MaxPool2x2, Relu)


class DigitsNetwork:
    """[n, 8, 8, 1] raw pixels in 0..16 -> [n, 10] logits."""

    def __init__(self, random):
        self.named = {
            "stem": Conv2d(random, 3, 1, 16), "stem_bn": BatchNorm(16),
            "dw": DepthwiseConv2d(random, 3, 16), "dw_bn": BatchNorm(16),
            "pw": Conv2d(random, 1, 16, 16), "pw_bn": BatchNorm(16),
            "conv": Conv2d(random, 3, 16, 24), "conv_bn": BatchNorm(24),
            "fc": Dense(random, 24, 10),
        }
        layer = self.named
        self.stem = [layer["stem"], layer["stem_bn"], Relu()]
        self.branch = [layer["dw"], layer["dw_bn"], Relu(), layer["pw"], layer["pw_bn"]]
        self.head = [Relu(), MaxPool2x2(), layer["conv"], layer["conv_bn"], Relu(),
                     GlobalAveragePool(), layer["fc"]]

    def forward(self, image, training=False):
        stem = forward(self.stem, image, training)
        merged = stem + forward(self.branch, stem, training)
        return forward(self.head, merged, training)

    def backward(self, gradient):
        merged = backward(self.head, gradient)
        backward(self.stem, merged + backward(self.branch, merged))

    def arrays(self):
        """Every array of the trained network, by its name LAYER.PARAMETER."""
        return {f"{name}.{parameter}": array
                for name, layer in self.named.items()
                for parameter, array in (layer.parameters | layer.state).items()}


def forward(layers, x, training):
    for layer in layers:
        x = layer.forward(x, training)
    return x


def backward(layers, gradient):
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
    return gradient


class AdamW:
    """Adam with decoupled weight decay on the weights (not on biases and batch norms)."""

    BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8

    def __init__(self, layers, weight_decay):
        self.layers = list(layers)
        self.weight_decay = weight_decay
        self.steps = 0
        self.moments = [{key: (np.zeros_like(value), np.zeros_like(value))
                         for key, value in layer.parameters.items()} for layer in self.layers]

    def step(self, rate):
        """Moves every parameter, in place, against the gradients of the last backward pass."""
        self.steps += 1
        unbias1 = 1 - self.BETA1 ** self.steps
        unbias2 = 1 - self.BETA2 ** self.steps
        for layer, moments in zip(self.layers, self.moments):
            for key, value in layer.parameters.items():
                gradient = layer.gradients[key]
                mean, square = moments[key]
                mean += (1 - self.BETA1) * (gradient - mean)
                square += (1 - self.BETA2) * (gradient * gradient - square)
                if key == "weight":
                    value -= rate * self.weight_decay * value
                value -= rate * (mean / unbias1) / (np.sqrt(square / unbias2) + self.EPSILON)
