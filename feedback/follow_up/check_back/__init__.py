"""When customers are asked whether their problem is solved, and what moves that day."""
