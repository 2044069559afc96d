"""Applications: funds open for applications, what organisations ask for, offers and claims."""
