"""Neural-network layers in NumPy: a forward pass and its gradient each.

Images are [batch, height, width, channels]; everything is float32. A layer owns
its trained arrays (`parameters`), the gradients of the last `backward`
(`gradients`, same keys) and, for batch normalisation, its running statistics
(`state`). `backward` takes the gradient of the layer's output, returns that of
its input, and may be called only after `forward(..., training=True)`.
"""

import numpy as np


class Layer:
    """Base class: a layer without parameters. Gradients need what `forward` keeps in `saved`."""

    def __init__(self):
        self.parameters = {}
        self.gradients = {}
        self.state = {}
        self.saved = None


def taps(image, kernel, stride=1):
    """The kernel x kernel neighbourhood of every `stride`-th pixel, zeros outside the image.

    [n, h, w, c] -> [n, ceil(h / stride), ceil(w / stride), kernel * kernel, c]; `kernel` odd,
    (kernel - 1) / 2 zeros on every side, so that the first window is centred on the first pixel.
    """
    margin = kernel // 2
    padded = np.pad(image, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    height, width = image.shape[1:3]
    return np.stack([padded[:, y:y + height:stride, x:x + width:stride]
                     for y in range(kernel) for x in range(kernel)], axis=3)


def taps_gradient(gradient, kernel, image_shape, stride=1):
    """The adjoint of `taps`: every tap's gradient flows back to the pixel it was read from."""
    n, height, width, channels = image_shape
    margin = kernel // 2
    padded = np.zeros((n, height + 2 * margin, width + 2 * margin, channels), np.float32)
    for tap in range(kernel * kernel):
        y, x = divmod(tap, kernel)
        padded[:, y:y + height:stride, x:x + width:stride] += gradient[:, :, :, tap]
    return padded[:, margin:margin + height, margin:margin + width]


def he_normal(random, shape, fan_in):
    """Initial weights that keep the variance of a signal through a ReLU layer."""
    return (random.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(np.float32)


class Conv2d(Layer):
    """Convolution, padded as `taps` does, no bias. weight: [kernel, kernel, in, out]."""

    def __init__(self, random, kernel, inputs, outputs, stride=1):
        super().__init__()
        self.kernel, self.stride = kernel, stride
        self.parameters["weight"] = he_normal(
            random, (kernel, kernel, inputs, outputs), kernel * kernel * inputs)

    def forward(self, x, training):
        weight = self.parameters["weight"]
        patches = taps(x, self.kernel, self.stride)
        columns = patches.reshape(-1, weight[..., 0].size)
        self.saved = (columns, patches.shape, x.shape) if training else None
        return (columns @ weight.reshape(columns.shape[1], -1)).reshape(*patches.shape[:3], -1)

    def backward(self, gradient):
        weight = self.parameters["weight"]
        columns, patches_shape, image_shape = self.saved
        gradient = gradient.reshape(len(columns), -1)
        self.gradients["weight"] = (columns.T @ gradient).reshape(weight.shape)
        columns_gradient = gradient @ weight.reshape(columns.shape[1], -1).T
        return taps_gradient(columns_gradient.reshape(patches_shape), self.kernel, image_shape,
                             self.stride)


class DepthwiseConv2d(Layer):
    """One filter per channel, padded as `taps` does, no bias. weight: [kernel, kernel, in, 1]."""

    def __init__(self, random, kernel, channels, stride=1):
        super().__init__()
        self.kernel, self.stride = kernel, stride
        self.parameters["weight"] = he_normal(
            random, (kernel, kernel, channels, 1), kernel * kernel)

    def _filters(self):
        """The weight as [taps, channels], the layout of the last two axes of `taps`."""
        return self.parameters["weight"].reshape(self.kernel ** 2, -1)

    def forward(self, x, training):
        patches = taps(x, self.kernel, self.stride)
        self.saved = (patches, x.shape) if training else None
        return (patches * self._filters()).sum(axis=3)

    def backward(self, gradient):
        gradient = gradient[:, :, :, np.newaxis]
        patches, image_shape = self.saved
        self.gradients["weight"] = (patches * gradient).sum(axis=(0, 1, 2)).reshape(
            self.parameters["weight"].shape)
        return taps_gradient(gradient * self._filters(), self.kernel, image_shape, self.stride)


class Dense(Layer):
    """Fully connected, [n, in] -> [n, out]. weight: [in, out]; bias: [out]."""

    def __init__(self, random, inputs, outputs):
        super().__init__()
        self.parameters["weight"] = he_normal(random, (inputs, outputs), inputs)
        self.parameters["bias"] = np.zeros(outputs, np.float32)

    def forward(self, x, training):
        self.saved = x if training else None
        return x @ self.parameters["weight"] + self.parameters["bias"]

    def backward(self, gradient):
        self.gradients["weight"] = self.saved.T @ gradient
        self.gradients["bias"] = gradient.sum(axis=0)
        return gradient @ self.parameters["weight"].T


class BatchNorm(Layer):
    """Normalises each channel by the batch in training, by the running statistics in inference.

    gamma, beta, mean, variance: [channels]. The variance is the biased one (divided by n).
    """

    EPSILON = 1e-3
    MOMENTUM = 0.95

    def __init__(self, channels):
        super().__init__()
        self.parameters["gamma"] = np.ones(channels, np.float32)
        self.parameters["beta"] = np.zeros(channels, np.float32)
        self.state["mean"] = np.zeros(channels, np.float32)
        self.state["variance"] = np.ones(channels, np.float32)

    def forward(self, x, training):
        if training:
            mean, variance = x.mean(axis=(0, 1, 2)), x.var(axis=(0, 1, 2))
            self._track("mean", mean)
            self._track("variance", variance)
        else:
            mean, variance = self.state["mean"], self.state["variance"]
        deviation = np.sqrt(variance + self.EPSILON)
        normal = (x - mean) / deviation
        self.saved = (normal, deviation) if training else None
        return normal * self.parameters["gamma"] + self.parameters["beta"]

    def _track(self, name, batch_value):
        self.state[name] += (1 - self.MOMENTUM) * (batch_value - self.state[name])

    def backward(self, gradient):
        normal, deviation = self.saved
        self.gradients["gamma"] = (gradient * normal).sum(axis=(0, 1, 2))
        self.gradients["beta"] = gradient.sum(axis=(0, 1, 2))
        # Mean and variance depend on every pixel of the batch, hence the two subtracted means.
        pixels = normal[..., 0].size
        return self.parameters["gamma"] / deviation * (
            gradient - self.gradients["beta"] / pixels
            - normal * (self.gradients["gamma"] / pixels))


class Relu(Layer):
    """max(x, 0)."""

    def forward(self, x, training):
        self.saved = x > 0 if training else None
        return np.maximum(x, 0)

    def backward(self, gradient):
        return gradient * self.saved


class MaxPool2x2(Layer):
    """The largest of each 2 x 2 window, stride 2; height and width must be even."""

    def forward(self, x, training):
        n, height, width, channels = x.shape
        windows = x.reshape(n, height // 2, 2, width // 2, 2, channels)
        largest = windows.max(axis=(2, 4), keepdims=True)
        self.saved = (windows == largest) if training else None
        return largest[:, :, 0, :, 0]

    def backward(self, gradient):
        # Equal maxima share the gradient: after a ReLU whole windows are often zero.
        share = self.saved / self.saved.sum(axis=(2, 4), keepdims=True, dtype=np.float32)
        n, height, width, channels = gradient.shape
        spread = share * gradient[:, :, np.newaxis, :, np.newaxis]
        return spread.reshape(n, 2 * height, 2 * width, channels)


class GlobalAveragePool(Layer):
    """The mean of each channel over the image: [n, h, w, c] -> [n, c]."""

    def forward(self, x, training):
        self.saved = x.shape if training else None
        return x.mean(axis=(1, 2))

    def backward(self, gradient):
        _, height, width, _ = self.saved
        each = gradient / (height * width)
        return np.broadcast_to(each[:, np.newaxis, np.newaxis], self.saved)


def softmax(logits):
    """Probabilities along the last axis; the maximum is subtracted so that exp cannot overflow."""
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def cross_entropy_gradient(logits, labels):
    """Gradient of the mean cross-entropy loss with respect to the logits."""
    expected = np.eye(logits.shape[1], dtype=np.float32)[labels]
    return (softmax(logits) - expected) / len(labels)
