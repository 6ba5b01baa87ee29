"""The sections of a report, one a file: each makes blocks of the content model from a study."""
