import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS roles (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    built_in ENUM('owner', 'manager', 'agent', 'viewer') NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY roles_name (name),
    UNIQUE KEY roles_built_in (built_in)
  )`,
  sql`CREATE TABLE IF NOT EXISTS role_permissions (
    role_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    permission VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (role_id, permission),
    CONSTRAINT role_permissions_role FOREIGN KEY (role_id) REFERENCES roles (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS members (
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    role_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(120) NOT NULL,
    email VARCHAR(254) NOT NULL,
    joined_at DATETIME(3) NOT NULL,
    removed_at DATETIME(3) NULL,
    KEY members_role (role_id),
    CONSTRAINT members_role FOREIGN KEY (role_id) REFERENCES roles (id)
  )`,
  sql`CREATE TABLE IF NOT EXISTS customers (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(120) NOT NULL,
    email VARCHAR(254) NULL,
    phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NULL,
    company VARCHAR(120) NULL,
    city VARCHAR(80) NULL,
    about TEXT NULL,
    version INT UNSIGNED NOT NULL DEFAULT 1,
    archived_at DATETIME(3) NULL,
    archived_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    live_email VARCHAR(254) AS (IF(archived_at IS NULL, LOWER(email), NULL)) STORED,
    live_phone VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin AS (IF(archived_at IS NULL, phone, NULL)) STORED,
    UNIQUE KEY customers_live_email (live_email),
    UNIQUE KEY customers_live_phone (live_phone),
    KEY customers_name (archived_at, name, id),
    KEY customers_created (archived_at, created_at, id),
    KEY customers_updated (archived_at, updated_at, id),
    KEY customers_since (created_at)
  )`,
  sql`CREATE TABLE IF NOT EXISTS tags (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY tags_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS customer_tags (
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    tag_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    PRIMARY KEY (customer_id, tag_id),
    KEY customer_tags_tag (tag_id, customer_id),
    CONSTRAINT customer_tags_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE,
    CONSTRAINT customer_tags_tag FOREIGN KEY (tag_id) REFERENCES tags (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS conversations (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    customer_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    subject VARCHAR(200) NULL,
    status ENUM('open', 'snoozed', 'resolved') NOT NULL DEFAULT 'open',
    assignee_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    last_seq INT UNSIGNED NOT NULL DEFAULT 0,
    last_message_at DATETIME(3) NULL,
    last_message_preview VARCHAR(200) NULL,
    waiting_since DATETIME(3) NULL,
    first_customer_message_at DATETIME(3) NULL,
    first_response_at DATETIME(3) NULL,
    snoozed_until DATETIME(3) NULL,
    resolved_at DATETIME(3) NULL,
    created_by CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    KEY conversations_customer (customer_id, updated_at),
    KEY conversations_activity (updated_at, id),
    KEY conversations_waiting (waiting_since),
    KEY conversations_list (status, updated_at, id),
    KEY conversations_assignee (assignee_id, status, updated_at),
    KEY conversations_created (created_at),
    CONSTRAINT conversations_customer FOREIGN KEY (customer_id) REFERENCES customers (id),
    CONSTRAINT conversations_assignee FOREIGN KEY (assignee_id) REFERENCES members (user_id)
  )`,
  sql`CREATE TABLE IF NOT EXISTS messages (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    conversation_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    seq INT UNSIGNED NOT NULL,
    client_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    author_kind ENUM('agent', 'customer', 'system') NOT NULL,
    author_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    visibility ENUM('public', 'private') NOT NULL DEFAULT 'public',
    body TEXT NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY messages_seq (conversation_id, seq),
    UNIQUE KEY messages_client (conversation_id, client_id),
    KEY messages_created (created_at),
    CONSTRAINT messages_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id)
  )`,
  sql`CREATE TABLE IF NOT EXISTS conversation_reads (
    conversation_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    last_read_seq INT UNSIGNED NOT NULL,
    read_at DATETIME(3) NOT NULL,
    PRIMARY KEY (conversation_id, user_id),
    CONSTRAINT conversation_reads_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS conversation_events (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    conversation_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kind ENUM('created', 'assigned', 'unassigned', 'snoozed', 'resolved', 'reopened') NOT NULL,
    actor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    target_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at DATETIME(3) NOT NULL,
    KEY conversation_events_conversation (conversation_id, created_at),
    KEY conversation_events_kind (kind, created_at),
    CONSTRAINT conversation_events_conversation FOREIGN KEY (conversation_id) REFERENCES conversations (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS changes (
    seq BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    kind VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entity_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    payload JSON NOT NULL,
    created_at DATETIME(3) NOT NULL,
    KEY changes_created (created_at)
  )`,
  sql`CREATE TABLE IF NOT EXISTS change_counter (
    id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
    last_seq BIGINT UNSIGNED NOT NULL
  )`,
  sql`INSERT IGNORE INTO change_counter (id, last_seq) VALUES (1, 0)`,
]

export const customerDesk: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
