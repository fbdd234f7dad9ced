"""One deed on many tasks: at once or by the loop, with what was refused, and one undo."""
