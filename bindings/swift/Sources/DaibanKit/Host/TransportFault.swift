import DaibanCore
import Foundation
#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

extension TransportError {
    /// What an error of `URLSession` means for the person in the field: walk to a window, correct the clock, or call the office.
    static func of(_ error: Error) -> TransportError {
        let words = (error as NSError).localizedDescription
        guard let known = error as? URLError else { return .Offline(reason: words) }
        // On Linux libcurl's word is the only sign: a refused certificate comes as -1 or as the code of an earlier failure.
        if let secure = TransportError.ofLibcurl(words) { return secure }
        switch known.code {
        case .timedOut:
            return .Timeout(reason: words)
        case .networkConnectionLost:
            return .Broken(reason: words)
        case .cancelled:
            return .Cancelled
        case .serverCertificateHasBadDate, .serverCertificateNotYetValid:
            return .CertificateTime(reason: words)
        case .serverCertificateUntrusted, .serverCertificateHasUnknownRoot, .secureConnectionFailed, .clientCertificateRejected,
            .clientCertificateRequired, .appTransportSecurityRequiresSecureConnection:
            return .Certificate(reason: words)
        default:
            return .Offline(reason: words)
        }
    }

    /// libcurl's words for a certificate it does not accept, e.g. `SSL certificate problem: certificate has expired`.
    private static func ofLibcurl(_ words: String) -> TransportError? {
        guard words.hasPrefix("SSL") else { return nil }
        if words.contains("expired") || words.contains("not yet valid") { return .CertificateTime(reason: words) }
        return .Certificate(reason: words)
    }
}
