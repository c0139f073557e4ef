"""Trains the digits network and writes the .npz files next to this script.

Run it with the system's Python; see README.md. Seeds are fixed and one thread
computes, so that a second run on the same machine writes the same bytes.
"""

import os

# Before NumPy loads: with several threads the order of float additions may change from run to run.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import math
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from layers import cross_entropy_gradient, softmax
from network import AdamW, DigitsNetwork

SPLIT_SEED = 20240
TRAINING_SEED = 1
TEST_PER_CLASS = 40
VALIDATION_PER_CLASS = 20
CALIBRATION_PER_CLASS = 10

EPOCHS = 200
BATCH = 32
PEAK_RATE = 4e-3
WEIGHT_DECAY = 0.05


def split(labels):
    """Indices of the training, validation and test samples: the same count of every class is
    held out, the rest trains. RandomState, because its stream is frozen across NumPy versions."""
    random = np.random.RandomState(SPLIT_SEED)
    training, validation, test = [], [], []
    for digit in range(10):
        order = random.permutation(np.flatnonzero(labels == digit))
        held_out = TEST_PER_CLASS + VALIDATION_PER_CLASS
        test.append(order[:TEST_PER_CLASS])
        validation.append(order[TEST_PER_CLASS:held_out])
        training.append(order[held_out:])
    return tuple(random.permutation(np.concatenate(part))
                 for part in (training, validation, test))


def shifted(images, random):
    """Each image moved by -1, 0 or 1 pixel in both directions, blank paper moving in."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1), (0, 0)))
    rows = random.randint(0, 3, len(images))[:, np.newaxis] + np.arange(8)
    columns = random.randint(0, 3, len(images))[:, np.newaxis] + np.arange(8)
    sample = np.arange(len(images))[:, np.newaxis, np.newaxis]
    return padded[sample, rows[:, :, np.newaxis], columns[:, np.newaxis, :]]


def train(images, labels, report):
    """A trained network. `report(epoch, network)` is called after every epoch."""
    random = np.random.RandomState(TRAINING_SEED)
    network = DigitsNetwork(random)
    optimiser = AdamW(network.named.values(), WEIGHT_DECAY)
    # The last batch is dropped when short: batch statistics of few samples are noise.
    batches = len(images) // BATCH
    for epoch in range(EPOCHS):
        order = random.permutation(len(images))
        for batch in range(batches):
            chosen = order[batch * BATCH:(batch + 1) * BATCH]
            logits = network.forward(shifted(images[chosen], random), training=True)
            network.backward(cross_entropy_gradient(logits, labels[chosen]))
            progress = (epoch * batches + batch) / (EPOCHS * batches)
            optimiser.step(PEAK_RATE * 0.5 * (1 + math.cos(math.pi * progress)))
        report(epoch, network)
    return network


def accuracy(network, images, labels):
    """The share of images, 0..1, whose largest logit is at their label."""
    return float(np.mean(network.forward(images).argmax(axis=1) == labels))


def first_of_each_class(labels, indices, count):
    """The first `count` of `indices` of every class, class by class."""
    return np.concatenate([indices[labels[indices] == digit][:count] for digit in range(10)])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--output", type=Path, default=Path(__file__).resolve().parent,
                           help="folder to write to (default: that of this script)")
    output = arguments.parse_args().output

    digits = load_digits()
    pixels = digits.images[..., np.newaxis].astype(np.uint8)
    images, labels = pixels.astype(np.float32), digits.target.astype(np.int32)
    training, validation, test = split(labels)

    def report(epoch, network):
        if epoch % 20 == 19:
            print(f"epoch {epoch + 1:3}: "
                  f"training {accuracy(network, images[training], labels[training]):.4f}, "
                  f"validation {accuracy(network, images[validation], labels[validation]):.4f}")

    network = train(images[training], labels[training], report)
    print(f"test {accuracy(network, images[test], labels[test]):.4f} of {len(test)} images")

    np.savez(output / "digits.npz", **network.arrays())
    calibration = first_of_each_class(labels, training, CALIBRATION_PER_CLASS)
    np.savez_compressed(output / "calibration.npz", image=pixels[calibration])
    np.savez_compressed(output / "test.npz", image=pixels[test], label=labels[test])
    expected = test[:16]
    logits = network.forward(images[expected])
    np.savez(output / "expected.npz", image=images[expected], logits=logits,
             probabilities=softmax(logits))


if __name__ == "__main__":
    main()
