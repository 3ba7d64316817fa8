"""The coach: pure parts of the walk through an exercise. ``actions/exercise.py`` speaks."""
