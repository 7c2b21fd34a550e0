"""The steps from a fact file to a published brief."""
