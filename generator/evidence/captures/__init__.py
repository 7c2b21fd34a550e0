"""The texts of sources as they were read: how a document becomes a text, and how texts are stored."""
