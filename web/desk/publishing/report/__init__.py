"""The report of the checks: what it holds, and how an editor is told of it."""
