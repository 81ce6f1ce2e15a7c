from django.db import migrations

# Rate limits must hold for all processes together, so their counts live in the database.
MAKE = """
create table if not exists teamaround_cache (
    cache_key varchar(255) primary key,
    value text not null,
    expires timestamp with time zone not null
);
create index if not exists teamaround_cache_expires on teamaround_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "drop table teamaround_cache")]
