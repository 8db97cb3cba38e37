#!/usr/bin/python3
"""The guide's example 4.5.2 with python3-serial: example.py LINK [rtscts|dsrdtr|xonxoff|exclusive]"""
import sys

import serial

options = {name: True for name in sys.argv[2:]}
port = serial.Serial(sys.argv[1], 115200, timeout=20, **options)


def at(command, end="\r\nOK\r\n"):
    port.write(command.encode() + b"\r")
    answer = port.read_until(end.encode()).decode("latin-1")
    if not answer.endswith(end):
        raise SystemExit("%s was answered by %r" % (command, answer))
    print(command, answer.split())


at("ATE0")
at("AT#SGACT=1,1")
at("AT#SSLEN=1,1")
at("AT#SSLSECCFG=1,0,0")
at('AT#SSLD=1,443,"123.124.125.126",0,1')
at("AT#SSLSEND=1", "\r\n> ")
port.write(b"Response of the server!\x1a")
port.read_until(b"\r\nOK\r\n")
at("AT#SSLRECV=1,15")
at("AT#SSLRECV=1,15")
at("AT#SSLH=1")
at("AT#SSLEN=1,0")
at("AT#SGACT=1,0")
at("ATE1")
port.close()
