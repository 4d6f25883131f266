"""Tests of the prose room."""
