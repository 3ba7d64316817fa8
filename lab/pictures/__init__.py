"""The line drawings of the exercises: a small kit that draws them from figures in `scenes/`."""
