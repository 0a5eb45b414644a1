"""A place to try whether the database can be written to."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_probe",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ballast", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_service_probe"),
    )


def downgrade() -> None:
    op.drop_table("service_probe")
