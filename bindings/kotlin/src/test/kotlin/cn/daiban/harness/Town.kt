package cn.daiban.harness

import cn.daiban.core.CaseId
import cn.daiban.core.Clock
import cn.daiban.core.KeyStore
import cn.daiban.core.Transport
import cn.daiban.kit.FileKeyStore
import cn.daiban.kit.SystemClock
import cn.daiban.kit.UrlTransport
import java.io.File
import java.nio.file.Files

/** A server, its office and their phones, in one folder that goes with them. */
class Town(listen: String = "127.0.0.1:0") : AutoCloseable {
    private val folder: File = Files.createTempDirectory("daiban-kotlin").toFile()
    private val phones = mutableListOf<Phone>()
    private var homes = 0

    /** The server. */
    val server: Server = Server.start(File(folder, "server"), listen)

    /** The office. */
    val office: Office = Office(server.data)

    /** A folder that nobody uses yet. */
    fun home(): File = File(folder, "phone-${++homes}").apply { mkdirs() }

    /** A phone out of its box. */
    fun phone(
        home: File = home(),
        keys: KeyStore = FileKeyStore(home.toPath().resolve("keys")),
        transport: Transport = UrlTransport(),
        clock: Clock = SystemClock(),
    ): Phone = Phone(home, keys, transport, clock).also(phones::add)

    /** The phone becomes a person's and is confirmed by the office. */
    fun settle(phone: Phone, person: String = office.agent()): Phone {
        office.confirm(phone.enrol(server.url, office.invite(person)).confirmation)
        return phone
    }

    /** A confirmed phone of a person, an agent of the street if nobody is named. */
    fun settled(person: String = office.agent()): Phone = settle(phone(), person)

    /** A case that a phone opened and everybody named has. */
    fun sharedCase(opener: Phone, vararg members: Phone): CaseId {
        val case = opener.openCase()
        opener.sync()
        members.forEach { office.seat(case, it.person) }
        members.forEach { it.sync() }
        return case
    }

    override fun close() {
        phones.forEach(Phone::close)
        server.close()
        folder.deleteRecursively()
    }
}
