"""How well a model understands what it was not shown, beside another one."""
