import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

const statements = [
  sql`CREATE TABLE IF NOT EXISTS servers (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    host VARCHAR(255) NOT NULL,
    port SMALLINT UNSIGNED NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY servers_endpoint (host, port)
  )`,
  sql`CREATE TABLE IF NOT EXISTS tenants (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    tenant_key VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    name VARCHAR(120) NOT NULL,
    status ENUM('provisioning', 'active', 'migrating', 'suspended', 'archived') NOT NULL,
    server_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    database_name VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_name VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_secret VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    schema_version INT UNSIGNED NOT NULL DEFAULT 0,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY tenants_key (tenant_key),
    UNIQUE KEY tenants_database (server_id, database_name),
    UNIQUE KEY tenants_account (server_id, account_name),
    CONSTRAINT tenants_server FOREIGN KEY (server_id) REFERENCES servers (id),
    CONSTRAINT tenants_key_form CHECK (tenant_key REGEXP '^[a-z][a-z0-9-]{1,30}[a-z0-9]$')
  )`,
  sql`CREATE TABLE IF NOT EXISTS users (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    name VARCHAR(120) NOT NULL,
    email VARCHAR(254) NOT NULL,
    email_verified TINYINT(1) NOT NULL DEFAULT 0,
    image VARCHAR(512) NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY users_email (email)
  )`,
  sql`CREATE TABLE IF NOT EXISTS sessions (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    token VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    ip_address VARCHAR(64) NULL,
    user_agent VARCHAR(512) NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY sessions_token (token),
    KEY sessions_user (user_id),
    CONSTRAINT sessions_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS accounts (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    account_id VARCHAR(255) NOT NULL,
    provider_id VARCHAR(64) NOT NULL,
    password VARCHAR(255) NULL,
    access_token TEXT NULL,
    refresh_token TEXT NULL,
    id_token TEXT NULL,
    access_token_expires_at DATETIME(3) NULL,
    refresh_token_expires_at DATETIME(3) NULL,
    scope TEXT NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    UNIQUE KEY accounts_provider (provider_id, account_id),
    KEY accounts_user (user_id),
    CONSTRAINT accounts_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS verifications (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    identifier VARCHAR(255) NOT NULL,
    value TEXT NOT NULL,
    expires_at DATETIME(3) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    updated_at DATETIME(3) NOT NULL,
    KEY verifications_identifier (identifier)
  )`,
  sql`CREATE TABLE IF NOT EXISTS memberships (
    tenant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at DATETIME(3) NOT NULL,
    PRIMARY KEY (tenant_id, user_id),
    KEY memberships_user (user_id),
    CONSTRAINT memberships_tenant FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
    CONSTRAINT memberships_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
  sql`CREATE TABLE IF NOT EXISTS operators (
    user_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    created_at DATETIME(3) NOT NULL,
    CONSTRAINT operators_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
  )`,
]

export const controlPlane: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of statements) await statement.execute(db)
  },
}
