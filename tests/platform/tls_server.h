#pragma once

#include "platform/crypto.h"
#include "platform/encoding.h"
#include "platform/network/listen.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

namespace milepost::platform {

inline constexpr long kDay = 86'400;

/// A key and a certificate that it signed itself, for `name`, valid from and to so many days from now.
class Certificate {
public:
    Certificate(const std::string& name, long from, long to) : key_(EVP_EC_gen("P-256")), certificate_(X509_new()) {
        X509_set_version(certificate_, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate_), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate_), from * kDay);
        X509_gmtime_adj(X509_getm_notAfter(certificate_), to * kDay);
        X509_set_pubkey(certificate_, key_);
        X509_NAME* subject = X509_get_subject_name(certificate_);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test"), -1, -1,
                                   0);
        X509_set_issuer_name(certificate_, subject);
        extend(NID_subject_alt_name, "DNS:" + name);
        extend(NID_basic_constraints, "critical,CA:TRUE");
        X509_sign(certificate_, key_, EVP_sha256());
    }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate() {
        X509_free(certificate_);
        EVP_PKEY_free(key_);
    }

    [[nodiscard]] EVP_PKEY* key() const { return key_; }
    [[nodiscard]] X509* get() const { return certificate_; }
    [[nodiscard]] std::string pem() const {
        BIO* memory = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(memory, certificate_);
        char* bytes = nullptr;
        const long length = BIO_get_mem_data(memory, &bytes);
        std::string text{bytes, static_cast<std::size_t>(length)};
        BIO_free(memory);
        return text;
    }
    [[nodiscard]] std::string pin() const {
        std::string bytes(static_cast<std::size_t>(i2d_PUBKEY(key_, nullptr)), '\0');
        auto* end = reinterpret_cast<unsigned char*>(bytes.data());
        i2d_PUBKEY(key_, &end);
        return "sha256//" + to_base64(view(sha256(bytes)));
    }

private:
    void extend(int id, const std::string& value) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str());
        X509_add_ext(certificate_, extension, -1);
        X509_EXTENSION_free(extension);
    }

    EVP_PKEY* key_;
    X509* certificate_;
};

/// Answers "ok" to every request over TLS, and keeps connections open. Its clients must die before it.
class TlsServer {
public:
    explicit TlsServer(const Certificate& certificate)
        : context_(SSL_CTX_new(TLS_server_method())), socket_(listen_on("127.0.0.1:0").value()) {
        SSL_CTX_use_certificate(context_, certificate.get());
        SSL_CTX_use_PrivateKey(context_, certificate.key());
        acceptor_ = std::jthread{[this](const std::stop_token& stop) { accept_until(stop); }};
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;
    ~TlsServer() {
        acceptor_.request_stop();
        ::shutdown(socket_, SHUT_RDWR);
        acceptor_.join();
        connections_.clear();
        ::close(socket_);
        SSL_CTX_free(context_);
    }
    [[nodiscard]] int port() const { return port_of(socket_); }

private:
    void accept_until(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd ready{socket_, POLLIN, 0};
            ::poll(&ready, 1, -1);
            const int connection = ::accept(socket_, nullptr, nullptr);
            if (connection >= 0) connections_.emplace_back([this, connection] { serve(connection); });
        }
    }

    void serve(int connection) const {
        SSL* tls = SSL_new(context_);
        SSL_set_fd(tls, connection);
        if (SSL_accept(tls) == 1) {
            std::string heard;
            char chunk[1024];
            for (int length = 0; (length = SSL_read(tls, chunk, sizeof chunk)) > 0;) {
                heard.append(chunk, static_cast<std::size_t>(length));
                if (!heard.ends_with("\r\n\r\n")) continue;
                constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                SSL_write(tls, kAnswer.data(), static_cast<int>(kAnswer.size()));
                heard.clear();
            }
        }
        SSL_free(tls);
        ::close(connection);
    }

    SSL_CTX* context_;
    int socket_;
    std::vector<std::jthread> connections_;
    std::jthread acceptor_;
};

}  // namespace milepost::platform
