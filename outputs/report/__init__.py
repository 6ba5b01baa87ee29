"""Reports of a study: one content model that knows no language and no file format, and a renderer per format."""
