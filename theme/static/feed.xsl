<?xml version="1.0" encoding="utf-8"?>
<!-- Shows an Atom feed as a page to people who open its address in a browser. Its style sheets are those that the feed itself names. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:atom="http://www.w3.org/2005/Atom" exclude-result-prefixes="atom">
  <xsl:output method="html" encoding="utf-8" doctype-system="about:legacy-compat"/>

  <xsl:template match="/atom:feed">
    <html lang="{@xml:lang}">
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1"/>
        <meta name="robots" content="noindex"/>
        <title><xsl:value-of select="atom:title"/></title>
        <xsl:for-each select="/processing-instruction('xml-stylesheet')[contains(., 'text/css')]">
          <link rel="stylesheet" href="{substring-before(substring-after(., 'href=&quot;'), '&quot;')}"/>
        </xsl:for-each>
      </head>
      <body>
        <main>
          <h1><xsl:value-of select="atom:title"/></h1>
          <p class="subtitle"><xsl:value-of select="atom:subtitle"/></p>
          <p class="notice">
            <strong>Ceci est un flux Atom.</strong>
            Copiez l’adresse de cette page dans votre lecteur de flux pour être prévenu des nouveautés, sans laisser d’adresse électronique.
            <a href="{atom:link[@rel='alternate']/@href}">Voir la page du site</a>
          </p>
          <xsl:if test="not(atom:entry)"><p>Ce flux est vide pour le moment.</p></xsl:if>
          <xsl:apply-templates select="atom:entry"/>
        </main>
      </body>
    </html>
  </xsl:template>

  <xsl:template match="atom:entry">
    <article lang="{@xml:lang}">
      <h2><a href="{atom:link[@rel='alternate']/@href}"><xsl:value-of select="atom:title"/></a></h2>
      <p class="meta">
        <time datetime="{substring(atom:updated, 1, 10)}">
          <xsl:value-of select="concat(substring(atom:updated, 9, 2), '/', substring(atom:updated, 6, 2), '/', substring(atom:updated, 1, 4))"/>
        </time>
        <xsl:for-each select="atom:author">
          <xsl:text>, </xsl:text>
          <xsl:value-of select="atom:name"/>
        </xsl:for-each>
      </p>
      <p><xsl:value-of select="atom:summary"/></p>
    </article>
  </xsl:template>
</xsl:stylesheet>
