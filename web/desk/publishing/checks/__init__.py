"""The checks of a change as a job: asked for at the desk, run by a process of their own."""
