package cn.daiban.harness

import cn.daiban.core.CaseId
import cn.daiban.core.RecordId
import java.io.File
import java.sql.DriverManager
import java.time.LocalDate

/** The office at its command line, on the data of a running server. */
class Office(private val data: File) {
    private var people = 0

    init {
        order("unit", "add", "fengrong", "--name", "丰荣街道办事处", "--kind", "subdistrict")
    }

    /** Registers a 代办员 of the street and gives the id. */
    fun agent(): String = person("unit_agent", "fengrong")

    /** Registers a 首席代办员. */
    fun chief(): String = person("chief_agent", "business-environment")

    /** Registers the 代办专员 of a group. */
    fun specialist(group: String): String {
        val unit = mapOf("planning" to "natural-resources", "construction" to "housing", "dispatch" to "drc").getValue(group)
        return person("group_specialist", unit, "--group", group)
    }

    private fun person(role: String, unit: String, vararg more: String): String {
        val id = "${role.replace('_', '-')}-${++people}"
        order("person", "add", id, "--name", "张伟", "--unit", unit, "--role", role, *more)
        return id
    }

    /** Draws a one-time code. */
    fun invite(person: String): String = said(order("device", "invite", person), "code")

    /** Lets time pass for every code that was not used; the server's clock itself cannot be moved. */
    fun letInvitationsExpire() {
        DriverManager.getConnection("jdbc:sqlite:${File(data, "daiban.sqlite")}").use { database ->
            val aged = database.createStatement().executeUpdate("UPDATE invitation SET expires_at = expires_at - 86400")
            check(aged > 0) { "no invitation was there" }
        }
    }

    /** Confirms the device that shows this number. */
    fun confirm(number: String) {
        order("device", "confirm", number)
    }

    /** Shuts a device out. */
    fun revoke(device: String) {
        order("device", "revoke", device, "--reason", "手机遗失")
    }

    /** Seats a person on a case. */
    fun seat(case: CaseId, person: String) {
        order("case", "assign", case, person)
    }

    /** Ends a person's seat now. */
    fun unseat(case: CaseId, person: String) {
        order("case", "assign", case, person, "--end")
    }

    /** Rules on a record that came late. */
    fun accept(case: CaseId, record: RecordId) {
        order("ruling", "late", case, record, "--accept", "--reason", "与本人核对")
    }

    /** A case as the office sees it, as JSON. */
    fun show(case: CaseId): String = order("case", "show", case)

    /** What lies in quarantine, as JSON. */
    fun quarantine(): String = order("quarantine")

    /** The n-th working day after a day. */
    fun workday(after: LocalDate, n: Int): LocalDate =
        LocalDate.parse(Regex("\\d{4}-\\d{2}-\\d{2}").find(Daiban.run(data, "workday", "add", after.toString(), n.toString()))!!.value)

    private fun order(vararg words: String): String = Daiban.run(data, "--json", *words)

    private fun said(json: String, name: String): String = Regex("\"$name\": \"([^\"]+)\"").find(json)!!.groupValues[1]
}
