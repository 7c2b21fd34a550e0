"""Evidence: captures, the quotation gate, the lock, and the checks over the model."""
