"""What we answer: studies on disk, tables, charts."""
