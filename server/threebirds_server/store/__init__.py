"""Where the logs, people and sessions are kept, through SQLAlchemy on SQLite or PostgreSQL."""
