/**
 * Reaching a database: URLs, connection pools, transactions that are tried again, and the few
 * things in which PostgreSQL (a fleet) and SQLite (one node) differ. What is stored there is in the
 * packages beside this one.
 *
 * <p>A gate on a database, opened in this order. {@code target} is a {@link
 * app.intentgate.jdbc.DatabaseTarget.Postgres} or a {@link
 * app.intentgate.jdbc.DatabaseTarget.SqliteFile}:
 *
 * <pre>{@code
 * try (Database database = Database.open(target)) {
 *   Schema.of(database).migrate();
 *   new MonthPartitions(database, Clock.systemUTC()).makeAhead();
 *   try (SqlState state = SqlState.open(database);
 *       IntentGate gate =
 *           IntentGate.builder()
 *               .keys(keys)
 *               .audit(new JdbcAuditStore(database))
 *               .revocations(state.revocations())
 *               .killSwitches(state.killSwitches())
 *               .budgets(state.budgets())
 *               .approvals(state.approvals())
 *               .build();
 *       PolicyService policies =
 *           PolicyService.start(
 *               PolicyService.Parts.of(state.policies(), gate.policies(), gate.audit(), gateId))) {
 *     serve(gate, policies);
 *   }
 * }
 * }</pre>
 *
 * <p>What is opened last is closed first: policies, gate, which closes the audit store, state,
 * database. Gates that share a PostgreSQL database need the same keys and a {@code gateId} each. A
 * file of SQLite belongs to one process: that no second one opens it is the caller's to see to.
 * {@code makeAhead} makes PostgreSQL's partitions of the coming months, of which old ones can be
 * closed and taken away; where the program runs on for months, call it again now and then. Marks
 * such as B59 are explained in {@code docs/rules.md}.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc;
