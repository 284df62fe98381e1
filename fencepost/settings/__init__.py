"""What was chosen: options of a project, of a post, of a run; paths of outputs."""
