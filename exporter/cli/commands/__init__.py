"""The commands, one module for each kind of work; `exporter.cli.commands_table` says which options each one takes."""
