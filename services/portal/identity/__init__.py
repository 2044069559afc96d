"""Who is signed in: sessions, sign-in, and the rules that pages state."""
