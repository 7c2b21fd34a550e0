"""The steps from a fact file to a published brief: read with all it refers to, checked, rendered, attached."""
