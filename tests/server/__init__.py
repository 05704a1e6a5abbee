"""The process floor: engines, settings, migrations, the IDE."""
