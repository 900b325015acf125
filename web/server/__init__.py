"""The app behind a server: what it answers to, what it refuses, how it is watched, how it leaves."""
