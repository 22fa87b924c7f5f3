"""What is read digit by digit or letter by letter: telephone numbers, codes, versions, keys."""
