"""Trains the handwriting network and writes the .npz files next to this script.

Run it with the system's Python; see README.md. Seeds are fixed and one thread
computes, so that a second run on the same machine writes the same bytes.
"""

import os

# Before NumPy loads: with several threads the order of float additions may change from run to run.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import argparse
import math
import sys
from pathlib import Path

import numpy as np
from PIL import Image

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "digits"))  # layers and optimiser are those of the digits network

from layers import cross_entropy_gradient, softmax
from network import AdamW
from mobilenet import HandwritingNetwork

SHEET = Path("/usr/share/doc/opencv-doc/examples/data/digits.png")
SIDE = 20
SPLIT_SEED = 20261
TRAINING_SEED = 3
TEST_PER_CLASS = 100
VALIDATION_PER_CLASS = 40
CALIBRATION_PER_CLASS = 10

EPOCHS = 60
BATCH = 50
PEAK_RATE = 4e-3
WEIGHT_DECAY = 0.05
# Raw pixels are up to 255: the first batch norm scales them, but its running variance needs not start at 1.
PIXEL_SCALE = 1 / 64


def read(sheet):
    """Images [5000, 20, 20, 1] and labels [5000]: the sheet has 50 rows of 100 images, 5 rows a digit."""
    pixels = np.asarray(Image.open(sheet).convert("L"))
    rows, columns = pixels.shape[0] // SIDE, pixels.shape[1] // SIDE
    images = pixels.reshape(rows, SIDE, columns, SIDE).swapaxes(1, 2).reshape(-1, SIDE, SIDE, 1)
    return images, np.arange(10, dtype=np.int32).repeat(len(images) // 10)


def split(labels):
    """Indices of the training, validation and test samples; the same count of every class is held
    out. RandomState, because its stream is frozen across NumPy versions."""
    random = np.random.RandomState(SPLIT_SEED)
    parts = [], [], []
    for digit in range(10):
        order = random.permutation(np.flatnonzero(labels == digit))
        held_out = TEST_PER_CLASS + VALIDATION_PER_CLASS
        cuts = order[held_out:], order[TEST_PER_CLASS:held_out], order[:TEST_PER_CLASS]
        for part, cut in zip(parts, cuts):
            part.append(cut)
    return tuple(random.permutation(np.concatenate(part)) for part in parts)


def shifted(images, random):
    """Each image moved by up to a pixel in both directions, background moving in."""
    reach = 1
    padded = np.pad(images, ((0, 0), (reach, reach), (reach, reach), (0, 0)))
    rows = random.randint(0, 2 * reach + 1, len(images))[:, np.newaxis] + np.arange(SIDE)
    columns = random.randint(0, 2 * reach + 1, len(images))[:, np.newaxis] + np.arange(SIDE)
    sample = np.arange(len(images))[:, np.newaxis, np.newaxis]
    return padded[sample, rows[:, :, np.newaxis], columns[:, np.newaxis, :]]


def train(images, labels, report):
    """A trained network. `report(epoch, network)` is called after every epoch."""
    random = np.random.RandomState(TRAINING_SEED)
    network = HandwritingNetwork(random)
    network.named["stem"].parameters["weight"] *= PIXEL_SCALE
    optimiser = AdamW(network.named.values(), WEIGHT_DECAY)
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


def right(network, images, labels):
    """The number of images whose largest logit is at their label."""
    return int(np.sum(network.forward(images).argmax(axis=1) == labels))


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sheet", type=Path, default=SHEET, help="the scans (default: %(default)s)")
    arguments.add_argument("--output", type=Path, default=HERE,
                           help="folder to write to (default: that of this script)")
    options = arguments.parse_args()

    pixels, labels = read(options.sheet)
    images = pixels.astype(np.float32)
    training, validation, test = split(labels)

    def report(epoch, network):
        if epoch % 5 == 4:
            print(f"epoch {epoch + 1:3}: training "
                  f"{right(network, images[training[:1000]], labels[training[:1000]])} of 1000, validation "
                  f"{right(network, images[validation], labels[validation])} of {len(validation)}", flush=True)

    network = train(images[training], labels[training], report)
    print(f"test {right(network, images[test], labels[test])} of {len(test)}")

    np.savez(options.output / "handwriting.npz", **network.arrays())
    calibration = np.concatenate([training[labels[training] == digit][:CALIBRATION_PER_CLASS]
                                  for digit in range(10)])
    np.savez_compressed(options.output / "calibration.npz", image=pixels[calibration])
    np.savez_compressed(options.output / "test.npz", image=pixels[test], label=labels[test])
    expected = test[:16]
    logits = network.forward(images[expected])
    np.savez(options.output / "expected.npz", image=images[expected], logits=logits,
             probabilities=softmax(logits))


if __name__ == "__main__":
    main()
