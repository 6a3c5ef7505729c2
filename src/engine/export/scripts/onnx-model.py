"""Opens the model with onnxruntime."""

from pathlib import Path

import numpy as np
import onnxruntime


def load(folder):
    """A function from inputs, float32 [n, ...], to (features [n, f], or None, and probabilities [n, classes])."""
    session = onnxruntime.InferenceSession(str(Path(folder) / "model.onnx"), providers=["CPUExecutionProvider"])
    (entry,) = session.get_inputs()
    names = [output.name for output in session.get_outputs()]

    def predict(inputs):
        if entry.type == "tensor(uint8)":
            inputs = inputs.astype(np.uint8)
        elif inputs.ndim == 4:
            # Preprocessed pixels go in channels first.
            inputs = np.ascontiguousarray(inputs.transpose(0, 3, 1, 2))
        # One by one, so that only one picture's maps are in memory.
        found = [dict(zip(names, session.run(names, {entry.name: one[None]}))) for one in inputs]
        features = [one["features"] for one in found] if "features" in names else None
        probabilities = np.concatenate([one["probabilities"] for one in found])
        return None if features is None else np.concatenate(features), probabilities

    return predict
