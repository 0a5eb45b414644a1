"""A cache of what logs lead to, and how often something was erased, after which no older cache may be used."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tables", sa.Column("erasures", sa.Integer(), nullable=True))
    op.execute("UPDATE tables SET erasures = 0")
    with op.batch_alter_table("tables") as batch:
        batch.alter_column("erasures", existing_type=sa.Integer(), nullable=False)
    op.create_table(
        "snapshot",
        sa.Column("table_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("table_id", "seq", name="pk_snapshot"),
        sa.ForeignKeyConstraint(["table_id"], ["tables.id"], name="fk_snapshot_table_id", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("snapshot")
    with op.batch_alter_table("tables") as batch:
        batch.drop_column("erasures")
