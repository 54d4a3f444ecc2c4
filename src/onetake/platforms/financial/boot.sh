#!/bin/bash
# Makes an instance one that the load balancer takes: TLS on @PORT@, an answer on /health, and the application behind it.
set -euo pipefail
dnf install --assumeyes --quiet nginx amazon-cloudwatch-agent
mkdir -p /etc/pki/application
# Of this instance only, and new with every instance: the load balancer encrypts, and does not ask who signed it.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj "/CN=$(hostname -f)" \
  -keyout /etc/pki/application/key.pem -out /etc/pki/application/certificate.pem
chmod 600 /etc/pki/application/key.pem
# The authorities that sign the database's certificate, from AWS: connect with sslmode=verify-full.
curl --fail --silent --show-error --retry 5 --output /etc/pki/application/database.pem "@AUTHORITIES@"
rm -f /etc/nginx/conf.d/*.conf
cat > /etc/nginx/conf.d/application.conf <<'NGINX'
server {
  listen @PORT@ ssl;
  ssl_certificate /etc/pki/application/certificate.pem;
  ssl_certificate_key /etc/pki/application/key.pem;
  ssl_protocols TLSv1.2 TLSv1.3;
  server_tokens off;
  access_log /var/log/nginx/access.log;
  location = /health { access_log off; return 200; }
  location / {
    proxy_pass http://127.0.0.1:8080;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
    proxy_set_header X-Forwarded-Proto https;
  }
}
NGINX
cat > /opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json <<'AGENT'
{
  "logs": {
    "logs_collected": {
      "files": {
        "collect_list": [
          {"file_path": "/var/log/nginx/access.log", "log_group_name": "@LOG@", "log_stream_name": "{instance_id}/access"},
          {"file_path": "/var/log/application/*.log", "log_group_name": "@LOG@", "log_stream_name": "{instance_id}/application"},
          {"file_path": "/var/log/application/audit/*.log", "log_group_name": "@AUDIT@", "log_stream_name": "{instance_id}"}
        ]
      }
    }
  },
  "metrics": {
    "append_dimensions": {"AutoScalingGroupName": "${aws:AutoScalingGroupName}"},
    "metrics_collected": {"mem": {"measurement": ["used_percent"]}, "disk": {"measurement": ["used_percent"], "resources": ["/"]}}
  }
}
AGENT
/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s \
  -c file:/opt/aws/amazon-cloudwatch-agent/etc/amazon-cloudwatch-agent.json
systemctl enable --now nginx
@APPLICATION@
