"""Opens the model with Keras."""

import json
from pathlib import Path

import keras
import numpy as np


def load(folder):
    """A function from inputs, float32 [n, ...], to (features [n, f], probabilities [n, classes])."""
    folder = Path(folder)
    path = next(path for path in (folder / "model.keras", folder / "model.h5") if path.exists())
    model = keras.models.load_model(path, compile=False)
    name = json.loads((folder / "metadata.json").read_text("utf-8"))["model"]["features"]
    both = keras.Model(model.inputs, [model.get_layer(name).output, model.get_layer("probabilities").output])

    def predict(inputs):
        # One by one, so that only one picture's maps are in memory.
        found = [[np.asarray(output) for output in both(one[None], training=False)] for one in inputs]
        features, probabilities = zip(*found)
        return np.concatenate(features), np.concatenate(probabilities)

    return predict
